({
  heard: function (component, event, helper) {
    console.log("heard Logout");
  }
})
