({
  heard: function (component, event, helper) {
    console.log("heard WorkAccepted");
    console.log("workItemId = " + event.getParam("workItemId"));
    console.log("workId = " + event.getParam("workId"));
  }
})
