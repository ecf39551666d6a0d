({
  heard: function (component, event, helper) {
    console.log("heard WorkloadChanged");
    console.log("configuredCapacity = " + event.getParam("configuredCapacity"));
    console.log("previousWorkload = " + event.getParam("previousWorkload"));
    console.log("newWorkload = " + event.getParam("newWorkload"));
  }
})
